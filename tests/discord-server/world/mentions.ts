import { asArray, asRecord, asRecords, asText, type Json } from '../json.ts';
import type { Ping } from './model.ts';

export type Mentions = { everyone: boolean; users: string[]; roles: string[] };

export function parseMentions(text: string): Mentions {
  return {
    everyone: /@(everyone|here)\b/.test(text),
    users: [...new Set([...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? ''))],
    roles: [...new Set([...text.matchAll(/<@&(\d+)>/g)].map((match) => match[1] ?? ''))],
  };
}

/** The text in which mentions have effect: content and text displays, not embeds. */
export function mentionableText(content: string, components: unknown): string {
  return [content, ...collectTextDisplays(components)].join('\n');
}

export function collectTextDisplays(components: unknown): string[] {
  return asRecords(components).flatMap((component) => [
    ...(component.type === 10 ? [asText(component.content)] : []),
    ...collectTextDisplays(component.components),
  ]);
}

/**
 * Who one write would notify, or undefined for nobody. Without `allowed_mentions` Discord obeys everything in the text and
 * notifies the author of the message replied to. Permission to mention everyone is not asked: a test wants to know either way.
 */
export function resolvePing(
  messageId: string,
  text: string,
  allowedMentions: unknown,
  repliedToUser: string | undefined,
): Ping | undefined {
  const mentioned = parseMentions(text);
  const ping = allowedMentions
    ? filterMentions(mentioned, asRecord(allowedMentions))
    : { ...mentioned, repliedUser: true };
  const repliedUser = ping.repliedUser && repliedToUser !== undefined;
  if (!ping.everyone && ping.users.length === 0 && ping.roles.length === 0 && !repliedUser) return undefined;
  return { messageId, everyone: ping.everyone, users: ping.users, roles: ping.roles, repliedUser };
}

function filterMentions(mentioned: Mentions, allowed: Json): Mentions & { repliedUser: boolean } {
  const parse = asArray(allowed.parse);
  const users = asArray(allowed.users);
  const roles = asArray(allowed.roles);
  return {
    everyone: mentioned.everyone && parse.includes('everyone'),
    users: mentioned.users.filter((id) => parse.includes('users') || users.includes(id)),
    roles: mentioned.roles.filter((id) => parse.includes('roles') || roles.includes(id)),
    repliedUser: allowed.replied_user === true,
  };
}
