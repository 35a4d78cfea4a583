/** Discord's message components as HTML in Discord's dark style; only what our bot sends. */

type Json = Readonly<Record<string, unknown>>;

export interface ShownMessage {
  readonly components: readonly unknown[];
  readonly author: string;
  /** Shown above, as Discord does: what the bot answers to. */
  readonly context: string;
  readonly onlyYou: boolean;
}

export function renderPage(message: ShownMessage): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<main><p class="context">${escapeHtml(message.context)}</p>
<header><span class="avatar">F</span><b>${escapeHtml(message.author)}</b><span class="app">APP</span></header>
${message.components.map((part) => renderComponent(part as Json)).join('')}
${message.onlyYou ? '<p class="only">👁 Only you can see this · <a>Dismiss message</a></p>' : ''}</main>`;
}

const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

/** Component types by number, from Discord's documentation. */
function renderComponent(component: Json): string {
  const inner = () => list(component.components).map(renderComponent).join('');
  switch (component.type) {
    case 1:
      return `<div class="row">${inner()}</div>`;
    case 2:
      return renderButton(component);
    case 3:
      return `<div class="select">${escapeHtml(String(component.placeholder ?? ''))}<span>⌄</span></div>`;
    case 10:
      return `<div class="text">${renderMarkdown(String(component.content))}</div>`;
    case 14:
      return '<hr>';
    case 17: {
      const color = Number(component.accent_color).toString(16).padStart(6, '0');
      return `<section style="border-left-color:#${color}">${inner()}</section>`;
    }
    default:
      throw new Error(`component type ${component.type} cannot be rendered`);
  }
}

function renderButton({ label, emoji, disabled, url }: Json): string {
  const sign = (emoji as { name?: string } | undefined)?.name ?? '';
  const name = `${sign} ${label ?? ''}${url === undefined ? '' : ' ↗'}`;
  return `<span class="button${disabled === true ? ' off' : ''}">${escapeHtml(name.trim())}</span>`;
}

function renderMarkdown(text: string): string {
  const lines = text.split('\n').map((line): string => {
    if (line.startsWith('>')) return `<blockquote>${renderInline(line.slice(2))}</blockquote>`;
    if (line.startsWith('-# ')) return `<small>${renderInline(line.slice(3))}</small>`;
    if (line.startsWith('### ')) return `<h3>${renderInline(line.slice(4))}</h3>`;
    if (line.startsWith('- ')) return `<p class="item">${renderInline(line.slice(2))}</p>`;
    return line === '' ? '<p class="gap"></p>' : `<p>${renderInline(line)}</p>`;
  });
  return lines.join('').replaceAll('</blockquote><blockquote>', '<br>');
}

/** Inline markdown; escaped characters first, so that nothing of an article is taken for formatting. */
function renderInline(text: string): string {
  const kept: string[] = [];
  const keep = (html: string) => `\ue000${kept.push(html) - 1}\ue000`;
  return escapeHtml(
    text.replaceAll(/\\([^\p{L}\p{N}\s])/gu, (_, character: string) => keep(escapeHtml(character))),
  )
    .replaceAll(/&lt;t:(\d+):\w&gt;/g, (_, seconds: string) => renderTime(Number(seconds)))
    .replaceAll(/\[([^\]]*)\]\(&lt;(.*?)&gt;\)/g, '<a>$1</a>')
    .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replaceAll(/\ue000(\d+)\ue000/g, (_, index: string) => kept[Number(index)]!);
}

const renderTime = (seconds: number) =>
  `<time>${new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(seconds * 1000)}</time>`;

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
body { margin: 0; background: #313338; color: #dbdee1; font: 16px/1.4 "gg sans", "Open Sans", "DejaVu Sans", sans-serif; }
main { width: 640px; padding: 20px 24px; }
p { margin: 0; }
.context { font-size: 14px; color: #b5bac1; margin: 0 0 6px 52px; }
header { display: flex; align-items: center; gap: 8px; margin-bottom: 6px; color: #f2f3f5; }
.avatar { width: 40px; height: 40px; border-radius: 50%; background: #3b7dd8; display: grid; place-items: center; font-weight: 700; }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 5px; }
section { margin-left: 52px; background: #2b2d31; border: 1px solid #3f4147; border-left: 4px solid; border-radius: 6px; padding: 14px 16px; display: flex; flex-direction: column; gap: 8px; }
blockquote { margin: 2px 0; padding-left: 12px; border-left: 4px solid #4e5058; border-radius: 2px; }
small { display: block; font-size: 13px; color: #9ba0a8; margin-top: 2px; }
h3 { margin: 0; font-size: 17px; color: #f2f3f5; }
a { color: #00a8fc; }
b { color: #fff; }
time { background: #3f4147; border-radius: 3px; padding: 0 2px; }
hr { width: 100%; border: 0; border-top: 1px solid #3f4147; margin: 4px 0; }
.gap { height: 8px; }
.item::before { content: "• "; }
.row { display: flex; gap: 8px; flex-wrap: wrap; }
.select { flex: 1; background: #1e1f22; border-radius: 4px; padding: 9px 12px; color: #949ba4; font-size: 15px; display: flex; justify-content: space-between; }
.button { background: #4e5058; color: #fff; border-radius: 4px; padding: 6px 14px; font-size: 14px; }
.off { opacity: .5; }
.only { font-size: 13px; color: #949ba4; margin: 6px 0 0 52px; }
`;
