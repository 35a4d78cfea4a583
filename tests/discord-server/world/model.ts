import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

export type User = { readonly id: string; name: string; locale: string; bot: boolean; acceptsDms: boolean };

export type Role = { readonly id: string; name: string; permissions: bigint };

export type Channel = {
  readonly id: string;
  /** 'private' is a conversation between people in which the bot is not. */
  kind: 'text' | 'thread' | 'dm' | 'private';
  name: string;
  guildId?: string;
  /** Channel a thread belongs to. */
  parentId?: string;
  /** The people of a 'dm' or 'private' channel, without the bot. */
  recipients: User[];
  /** Permissions taken from the bot's role in this channel. */
  denied: bigint;
};

export type Guild = {
  readonly id: string;
  name: string;
  locale: string;
  ownerId: string;
  /** False when the bot is only installed by people who are in this guild. */
  botIsMember: boolean;
  botRoleId: string;
  /** What people may do, the bot not included. */
  peopleRoleId: string;
  roles: Role[];
  channels: Channel[];
  /** Role ids by user id; everybody has the first role, which has the guild's id. */
  memberRoles: Map<string, Set<string>>;
};

/** Who is notified by one write of a message. */
export type Ping = {
  messageId: string;
  everyone: boolean;
  users: string[];
  roles: string[];
  repliedUser: boolean;
};

export type Write = {
  at: number;
  kind: 'create' | 'edit';
  body: unknown;
  allowedMentions: unknown;
  ping?: Ping;
};

export type Attachment = {
  id: string;
  name: string;
  size: number;
  contentType?: string;
  description?: string;
  data: Buffer;
};

/** A message as people see it now; stays up to date. */
export type SeenMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly guildId?: string;
  readonly author: User;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: Attachment[];
  flags: number;
  readonly ephemeral: boolean;
  /** The only person who sees an ephemeral message. */
  readonly visibleTo?: string;
  /** "thinking": deferred and not yet answered. */
  loading: boolean;
  deleted: boolean;
  readonly createdAt: number;
  editedAt?: number;
  readonly replyTo?: string;
  threadId?: string;
  /** The interaction it answers. */
  readonly interactionId?: string;
  /** Users whose highlight the message carries (decides content delivery). */
  mentionedUsers: string[];
  mentionsEveryone: boolean;
  /** Every state it was given, oldest first. */
  writes: Write[];
  /** Everything a person reads in it, in order, line by line. */
  readonly text: string;
};

export type ModalField = {
  customId: string;
  label: string;
  description?: string;
  /** Discord's component type. */
  type: number;
  value?: string;
  options?: { label: string; value: string }[];
  required: boolean;
  minLength: number;
  maxLength: number;
};

export type SeenModal = { customId: string; title: string; fields: ModalField[]; components: unknown[] };

export type Choice = { name: string; value: string | number };

export type Acknowledgement = 'message' | 'defer' | 'update' | 'defer-update' | 'modal' | 'choices';

/** One press, command, submission or keystroke of a person, and what became of it. */
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly kind: 'command' | 'autocomplete' | 'component' | 'modal';
  /** For error messages: '/ask', 'button "Helpful"'. */
  readonly what: string;
  readonly user: User;
  readonly channel: Channel;
  readonly createdAt: number;
  /** Guild and user the application is installed for, as Discord numbers them: 0 and 1. */
  readonly owners: Record<string, string>;
  /** The message whose component was used. */
  readonly sourceMessageId?: string;
  acknowledgedAt?: number;
  acknowledgement?: Acknowledgement;
  ephemeral?: boolean;
  originalId?: string;
  /** Set when the original was written after the acknowledgement, or with it. */
  answered: boolean;
  followUpIds: string[];
  choices?: Choice[];
  modal?: SeenModal;
};

export type LoggedRequest = {
  at: number;
  method: string;
  /** Without /api/v10 and the query. */
  path: string;
  query: Record<string, string>;
  body: unknown;
  files: string[];
  status: number;
  /** Discord's error code, when refused. */
  code?: number;
};

export type Violation = { at: number; rule: string; message: string; method?: string; path?: string };
