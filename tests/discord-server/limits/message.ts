import { ComponentType, MessageFlags } from 'discord.js';
import { asArray, asNumber, asRecord, asRecords, asText, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';
import { collectTextDisplays } from '../world/mentions.ts';
import { checkMessageComponents, collectComponents } from './components.ts';
import { checkLength, checkSize, countCharacters, type Path } from './lengths.ts';

/** The parts of a message that the limits are about: as sent, or as an edit leaves them. */
export type MessageBody = { content?: unknown; embeds?: unknown; components?: unknown; flags: number };

const EMBED_TOTAL = 6000;
const COMPONENT_TOTAL = 40;
const TEXT_DISPLAY_TOTAL = 4000;

/** Discord's limits for a message that are not in its OpenAPI description, and those of PRODUCT.md in any case. */
export function checkMessage(body: MessageBody, allowedMentions: unknown): Issue[] {
  return [
    ...checkLength(['content'], body.content, 0, 2000),
    ...checkEmbeds(asRecords(body.embeds)),
    ...checkAllowedMentions(asRecord(allowedMentions)),
    ...(body.flags & MessageFlags.IsComponentsV2 ? checkLayout(body) : checkLegacyRows(body.components)),
    ...checkMessageComponents(body.components, ['components']),
  ];
}

export function isEmptyMessage(body: MessageBody, files: number): boolean {
  const parts = [...asArray(body.embeds), ...asArray(body.components)];
  return asText(body.content).trim() === '' && parts.length === 0 && files === 0;
}

function checkEmbeds(embeds: Json[]): Issue[] {
  const issues = checkSize(['embeds'], embeds, 0, 10);
  for (const [index, embed] of embeds.entries()) {
    const path: Path = ['embeds', index];
    issues.push(
      ...checkLength([...path, 'title'], embed.title, 0, 256),
      ...checkLength([...path, 'description'], embed.description, 0, 4096),
      ...checkLength([...path, 'footer', 'text'], asRecord(embed.footer).text, 0, 2048),
      ...checkLength([...path, 'author', 'name'], asRecord(embed.author).name, 0, 256),
      ...checkSize([...path, 'fields'], asRecords(embed.fields), 0, 25),
    );
    for (const [number, field] of asRecords(embed.fields).entries()) {
      issues.push(
        ...checkLength([...path, 'fields', number, 'name'], field.name, 1, 256),
        ...checkLength([...path, 'fields', number, 'value'], field.value, 1, 1024),
      );
    }
  }
  const total = embeds.flatMap(collectEmbedTexts).reduce((sum, text) => sum + countCharacters(text), 0);
  if (total > EMBED_TOTAL) {
    const message = `Embed size exceeds maximum size of ${EMBED_TOTAL}`;
    issues.push({ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message });
  }
  return issues;
}

/** In reading order. */
export function collectEmbedTexts(embed: Json): string[] {
  const fields = asRecords(embed.fields).flatMap((field) => [field.name, field.value]);
  const texts = [
    asRecord(embed.author).name,
    embed.title,
    embed.description,
    ...fields,
    asRecord(embed.footer).text,
  ];
  return texts.map(asText).filter((text) => text !== '');
}

function checkAllowedMentions(allowed: Json): Issue[] {
  return (['users', 'roles'] as const)
    .filter((kind) => asArray(allowed.parse).includes(kind) && asArray(allowed[kind]).length > 0)
    .map((kind) => ({
      path: ['allowed_mentions', kind],
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    }));
}

/** Components V2: the message consists of components and nothing else. */
function checkLayout(body: MessageBody): Issue[] {
  const issues: Issue[] = [];
  for (const field of ['content', 'embeds'] as const) {
    const value = body[field];
    if (asText(value) === '' && asArray(value).length === 0) continue;
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    issues.push({ path: [field], code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message });
  }
  const count = collectComponents(body.components).length;
  if (count > COMPONENT_TOTAL) {
    const message = `The total number of components in the message cannot exceed ${COMPONENT_TOTAL} (got ${count}).`;
    issues.push({ path: ['components'], code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message });
  }
  const length = collectTextDisplays(body.components).reduce((sum, text) => sum + countCharacters(text), 0);
  if (length > TEXT_DISPLAY_TOTAL) {
    const message = `Component text size exceeds maximum size of ${TEXT_DISPLAY_TOTAL} (got ${length}).`;
    issues.push({ path: ['components'], code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message });
  }
  return issues;
}

function checkLegacyRows(components: unknown): Issue[] {
  const rows = asRecords(components);
  return [
    ...checkSize(['components'], rows, 0, 5),
    ...rows.flatMap((row, index): Issue[] =>
      asNumber(row.type) === ComponentType.ActionRow
        ? []
        : [
            {
              path: ['components', index, 'type'],
              code: 'UNION_TYPE_CHOICES',
              message: 'Value of field "type" must be one of (1,) without MessageFlags.IS_COMPONENTS_V2.',
            },
          ],
    ),
  ];
}
