import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord.js';
import { cutText, LIMITS } from './limits.ts';
import { splitText } from './split-text.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A message as the bot thinks of it: sections of text blocks, then controls. Blocks are escaped markdown. */
export interface Draft {
  /** Sections are parted by a line, the blocks of one by a line break. */
  readonly sections: readonly (readonly string[])[];
  readonly rows?: readonly Row[];
  readonly tone?: Tone;
}

export type Tone = 'answer' | 'quiet' | 'trouble';

const ACCENTS: Readonly<Record<Tone, number>> = { answer: 0x3b7dd8, quiet: 0x8a8f98, trouble: 0xc8553d };

/** A message as Discord takes it. */
export interface Body {
  readonly components: readonly [
    {
      readonly type: ComponentType.Container;
      readonly accent_color: number;
      readonly components: APIComponentInContainer[];
    },
  ];
  readonly flags: number;
  /** Nobody is ever notified, whatever an article or a question says. */
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: false };
}

/** Left free in every message for a line that is put above it when it has to take another way. */
const HEADING_ROOM = 200;
const TEXT_ROOM = LIMITS.messageText - HEADING_ROOM;

/** A draft as the messages it takes to show it, in order; the controls stand under the last one. */
export function composeMessages(draft: Draft): readonly Body[] {
  const rows = draft.rows ?? [];
  const room = LIMITS.components - 2 - rows.reduce((sum, row) => sum + 1 + row.components.length, 0);
  const messages: string[][] = [[]];
  let length = 0;
  for (const section of draft.sections) {
    let opened = false;
    for (const piece of section.flatMap((block) => splitText(block, TEXT_ROOM))) {
      let current = messages.at(-1)!;
      const parts = opened ? current.length : current.length + 1;
      if (length > 0 && (length + 1 + piece.length > TEXT_ROOM || parts * 2 > room)) {
        current = [];
        messages.push(current);
        length = 0;
        opened = false;
      }
      if (opened) current[current.length - 1] += `\n${piece}`;
      else current.push(piece);
      length += piece.length + 1;
      opened = true;
    }
  }
  return messages.map((texts, index) =>
    composeBody(texts, index === messages.length - 1 ? rows : [], draft.tone ?? 'quiet'),
  );
}

/** One or two lines without controls. */
export const line = (text: string, tone: Tone = 'quiet'): Draft => ({ sections: [[text]], tone });

/** The same message with a small line above it. */
export function withHeading(body: Body, heading: string): Body {
  const [container] = body.components;
  const text = {
    type: ComponentType.TextDisplay as const,
    content: `-# ${cutText(heading, HEADING_ROOM - 3)}`,
  };
  return { ...body, components: [{ ...container, components: [text, ...container.components] }] };
}

function composeBody(texts: readonly string[], rows: readonly Row[], tone: Tone): Body {
  const parts = texts.map((content) => ({ type: ComponentType.TextDisplay as const, content }));
  return {
    components: [
      {
        type: ComponentType.Container,
        accent_color: ACCENTS[tone],
        components: [...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])), ...rows],
      },
    ],
    flags: MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds,
    allowedMentions: { parse: [], repliedUser: false },
  };
}

const separator = {
  type: ComponentType.Separator as const,
  divider: true,
  spacing: SeparatorSpacingSize.Small as const,
};
