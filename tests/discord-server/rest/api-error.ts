import type { Json } from '../json.ts';

/** One broken rule of a request body; `path` leads to the value, e.g. ['embeds', 0, 'title']. */
export type Issue = { path: readonly (string | number)[]; code: string; message: string };

/** A refusal as Discord words it: HTTP status, numeric code, and for 50035 the tree of form errors. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly issues: readonly Issue[];

  constructor(status: number, code: number, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

const REFUSALS = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  tooManyFollowUps: [400, 40094, 'This interaction has hit the maximum number of follow up messages'],
  missingAccess: [403, 50001, 'Missing Access'],
  foreignMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  closedDirectMessages: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  expiredToken: [401, 50027, 'Invalid Webhook Token'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
  replyWithoutHistory: [400, 160002, 'Cannot reply without permission to read message history'],
} as const satisfies Record<string, readonly [number, number, string]>;

const INVALID_BODY = 50035;

/** Codes that a correct bot never causes. The others (no permission, message gone) happen to everyone. */
export const BOT_FAULTS: ReadonlySet<number> = new Set([
  INVALID_BODY,
  ...(
    [
      'unauthorized',
      'notFound',
      'unknownWebhook',
      'unknownInteraction',
      'tooLarge',
      'alreadyAcknowledged',
      'tooManyFollowUps',
      'foreignMessage',
      'emptyMessage',
      'invalidJson',
    ] as const
  ).map((reason) => REFUSALS[reason][1]),
]);

export function refuse(reason: keyof typeof REFUSALS): ApiError {
  const [status, code, message] = REFUSALS[reason];
  return new ApiError(status, code, message);
}

/** Throws Discord's 50035 when there is at least one issue. */
export function refuseInvalid(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new ApiError(400, INVALID_BODY, 'Invalid Form Body', issues);
}

/** The response body: `errors` nests the paths and ends each in `_errors`. */
export function renderError(error: ApiError): Json {
  const body: Json = { message: error.message, code: error.code };
  if (error.issues.length === 0) return body;
  const errors: Json = {};
  for (const { path, code, message } of error.issues) {
    let node = errors;
    for (const step of path) {
      node[step] ??= {};
      node = node[step] as Json;
    }
    node._errors ??= [];
    (node._errors as Json[]).push({ code, message });
  }
  body.errors = errors;
  return body;
}
