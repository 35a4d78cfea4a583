import type { JsonSchema } from '../types.ts';

export interface ProviderSettings {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly maxTokens: number;
  /** Aborted when the call's time is over or the person gave up. */
  readonly signal: AbortSignal;
}

/** A provider's package, and what its LangChain class is made and called with. */
export interface ChatProvider {
  readonly package: string;
  /** Newest version that runs on Node 20. */
  readonly version: string;
  /** Environment variable in which the package itself looks for a key; undefined when it needs none. */
  readonly keyVariable?: string;
  readonly options: (settings: ProviderSettings) => Readonly<Record<string, unknown>>;
  /** Options of a call that make the reply follow a schema; undefined when the reply's form is asked for in words. */
  readonly structured?: (schema: JsonSchema) => Readonly<Record<string, unknown>>;
}

const withKey = ({ apiKey }: ProviderSettings) => (apiKey === undefined ? {} : { apiKey });
const jsonSchemaFormat = (schema: JsonSchema) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'reply', strict: true, schema } },
});

/** Every provider that `CHAT_MODEL` can name. */
export const chatProviders: Readonly<Record<string, ChatProvider>> = {
  openai: {
    package: '@langchain/openai',
    version: '1.5.8',
    keyVariable: 'OPENAI_API_KEY',
    options: (settings) => ({
      maxTokens: settings.maxTokens,
      ...withKey(settings),
      // Another server never gets OpenAI's key; most that run locally take any.
      ...(settings.baseUrl !== undefined && {
        apiKey: settings.apiKey ?? 'none',
        configuration: { baseURL: settings.baseUrl },
      }),
    }),
    structured: jsonSchemaFormat,
  },
  anthropic: {
    package: '@langchain/anthropic',
    version: '1.5.11',
    keyVariable: 'ANTHROPIC_API_KEY',
    options: (settings) => ({
      maxTokens: settings.maxTokens,
      ...withKey(settings),
      ...(settings.baseUrl !== undefined && { anthropicApiUrl: settings.baseUrl }),
    }),
  },
  ollama: {
    package: '@langchain/ollama',
    version: '1.3.0',
    options: (settings) => ({
      numPredict: settings.maxTokens,
      temperature: 0,
      // Its client leaves the connection open when a call is aborted, and the server goes on computing.
      fetch: (input: string | URL | Request, init: RequestInit = {}) =>
        fetch(input, {
          ...init,
          signal: AbortSignal.any([settings.signal, ...(init.signal ? [init.signal] : [])]),
        }),
      ...(settings.baseUrl !== undefined && { baseUrl: settings.baseUrl }),
    }),
    structured: (schema) => ({ format: schema }),
  },
  'google-genai': {
    package: '@langchain/google-genai',
    version: '2.3.2',
    keyVariable: 'GOOGLE_API_KEY',
    options: (settings) => ({
      maxOutputTokens: settings.maxTokens,
      ...withKey(settings),
      ...(settings.baseUrl !== undefined && { baseUrl: settings.baseUrl }),
    }),
  },
  mistralai: {
    package: '@langchain/mistralai',
    version: '1.2.0',
    keyVariable: 'MISTRAL_API_KEY',
    options: (settings) => ({
      maxTokens: settings.maxTokens,
      temperature: 0,
      ...withKey(settings),
      ...(settings.baseUrl !== undefined && { serverURL: settings.baseUrl }),
    }),
  },
  groq: {
    package: '@langchain/groq',
    version: '1.3.1',
    keyVariable: 'GROQ_API_KEY',
    options: (settings) => ({
      maxTokens: settings.maxTokens,
      temperature: 0,
      ...withKey(settings),
      ...(settings.baseUrl !== undefined && { baseUrl: settings.baseUrl }),
    }),
  },
};
