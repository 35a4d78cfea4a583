import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

/** Whether Discord refused with one of these codes. */
export const isApiError = (error: unknown, codes: readonly (number | string)[]): error is DiscordAPIError =>
  error instanceof DiscordAPIError && codes.includes(error.code);

/** The bot may not do it here, or the person does not take messages from it. */
export const REFUSED = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
  RESTJSONErrorCodes.ThreadLocked,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
] as const;

/** What was to be changed or answered is no longer there. */
export const GONE = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownInteraction,
] as const;

/** The interaction's fifteen minutes are over. */
export const EXPIRED = [RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook] as const;

/** What a log may hold of an error: no token, neither the bot's nor that of an interaction. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  return {
    type: error.name,
    message: redact(error.message),
    ...(error instanceof DiscordAPIError && {
      code: error.code,
      status: error.status,
      method: error.method,
      route: redact(error.url.replace(/^https?:\/\/[^/]+/, '')),
    }),
    ...(error.stack !== undefined && { stack: redact(error.stack) }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** Blanks bot tokens and the tokens in addresses of interactions and webhooks. */
const redact = (text: string) =>
  text
    .replaceAll(/\/(webhooks|interactions)\/(\d+)\/[^/\s?"']+/g, '/$1/$2/[redacted]')
    .replaceAll(/[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, '[redacted]');
