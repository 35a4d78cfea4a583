import type { Span } from '../types.ts';
import { stripComments } from './comments.ts';
import type { Draft } from './draft.ts';

const link =
  /!?\[((?:[^[\]\\]|\\.|\[[^[\]]*\]){0,1000})\]\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\)/g;
const tag = /<\/?[a-z][a-z0-9-]*(?:\s[^<>\n]*)?\/?>/gi;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  shy: '',
  bdquo: '„',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  euro: '€',
};

/**
 * Markdown as people quote it. Heading signs, emphasis, links (their text stays), images, code signs, comments,
 * HTML tags and reference definitions go; list bullets, line breaks and blank lines stay. A paragraph without mark-up stays letter for letter.
 */
export function parseMarkdown(text: string): Draft {
  const lines = stripComments(text).split('\n');
  const headings: Span[] = [];
  let body = '';
  let fence = '';
  lines.forEach((line, i) => {
    const fenceMark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fenceMark && (fence === '' || fenceMark.startsWith(fence))) {
      fence = fence === '' ? fenceMark : '';
      return;
    }
    if (fence !== '') {
      body += `${line}\n`;
      return;
    }
    if (/^\s{0,3}\[[^\]]+\]:\s+\S+/.test(line) || isRule(line)) return;
    const atx = headingText(line);
    const underlined =
      /^\s{0,3}(?:=+|-+)\s*$/.test(lines[i + 1] ?? '') &&
      line.trim() !== '' &&
      (lines[i - 1] ?? '').trim() === '';
    if (atx === undefined && !underlined) {
      body += `${stripInline(line.replace(/^(?:\s{0,3}>\s?)+/, ''))}\n`;
      return;
    }
    const heading = stripInline(atx ?? line).trim();
    headings.push([body.length, body.length + heading.length]);
    body += `${heading}\n`;
  });
  return { body: body.replace(/\n$/, ''), headings };
}

/** A rule across the page, or the line that makes the one above it a heading. */
const isRule = (line: string): boolean =>
  /^\s{0,3}[-*_=]/.test(line) && /^(?:-{3,}|\*{3,}|_{3,}|={2,})$/.test(line.replace(/\s/g, ''));

/** Text of a line `## Heading ##`. */
function headingText(line: string): string | undefined {
  return /^\s{0,3}#{1,6}\s+(.*)$/
    .exec(line)?.[1]
    ?.trimEnd()
    .replace(/(?<=\s)#+$/, '');
}

function stripInline(line: string): string {
  if (!/[[\]*_`<&\\~]/.test(line)) return line;
  const kept: string[] = [];
  // Code and escaped characters are no mark-up: they step aside until the rest is done.
  const aside = (text: string): string => `\ufdd0${kept.push(text) - 1}\ufdd1`;
  let plain = line
    .replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => aside(character))
    .replace(/(`+)(?!`)(.{0,500}?[^`])\1(?!`)/g, (_, _signs, code: string) => aside(code.trim()))
    .replace(/<(https?:\/\/[^\s<>]+|[^\s<>@]+@[^\s<>]+)>/g, '$1');
  // Twice, for the image inside a link.
  plain = plain.replace(link, '$1').replace(link, '$1');
  plain = plain
    .replace(/\[([^[\]]+)\]\[[^[\]]*\]/g, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(tag, '')
    .replace(/(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)/g, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/~~(?=\S)([^~]*\S)~~/g, '$1')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) =>
      name === undefined
        ? characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
        : (entities[name] ?? whole),
    );
  return plain.replace(/\ufdd0(\d+)\ufdd1/g, (_, i: string) => kept[Number(i)] ?? '');
}

const characterOf = (code: number): string =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
