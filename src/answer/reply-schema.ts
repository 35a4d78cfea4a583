import { z } from 'zod';
import type { JsonSchema } from '../types.ts';

/** What a chat model is asked for. Every field is required, as strict structured output wants it. */
const quoteSchema = z.object({
  passage: z.string().describe('key of the passage, as given'),
  quote: z.string().describe('words of the passage, copied letter for letter, without omissions'),
  translation: z.string().nullable().describe('translation into the language of the answer, or null'),
});
const claimSchema = z.object({
  text: z.string().describe('one sentence of the answer, without markers'),
  quotes: z.array(quoteSchema),
});
const answerSchema = z.object({
  answered: z.boolean().describe('false when the passages do not answer the question'),
  claims: z.array(claimSchema),
});
const checkSchema = z.object({
  checks: z.array(
    z.object({
      claim: z.number().int().describe('number of the claim, as given'),
      verdict: z.enum(['supported', 'contradicted', 'unclear']),
      quotes: z.array(quoteSchema),
    }),
  ),
});

const toJsonSchema = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema);
  return json;
};

export const answerJsonSchema = toJsonSchema(answerSchema);
export const checkJsonSchema = toJsonSchema(checkSchema);
export const questionsJsonSchema = toJsonSchema(z.object({ questions: z.array(z.string()) }));
