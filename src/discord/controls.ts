import {
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Row } from './compose.ts';
import { cutText, LIMITS } from './limits.ts';
import { stripInvisible } from './markdown.ts';

interface ButtonOptions {
  readonly id: string;
  readonly label: string;
  readonly emoji?: string;
  readonly disabled?: boolean;
}

export const button = ({ id, label, emoji, disabled }: ButtonOptions): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  custom_id: id,
  label,
  ...(emoji !== undefined && { emoji: { name: emoji } }),
  ...(disabled === true && { disabled }),
});

export const linkButton = (label: string, url: string): APIButtonComponentWithURL => ({
  type: ComponentType.Button,
  style: ButtonStyle.Link,
  label,
  url,
});

export const buttonRow = (
  ...buttons: (APIButtonComponentWithCustomId | APIButtonComponentWithURL)[]
): Row => ({
  type: ComponentType.ActionRow,
  components: buttons,
});

export interface Choice {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
}

/**
 * A select menu with at most 25 entries, texts cut to what Discord takes, values kept apart.
 * @returns no row when there is nothing to choose.
 */
export function selectRow(id: string, placeholder: string, choices: readonly Choice[]): readonly Row[] {
  const unique = [...new Map(choices.map((choice) => [choice.value, choice])).values()];
  if (unique.length === 0) return [];
  const options = unique.slice(0, LIMITS.selectOptions).map(
    ({ label, description, value }): APISelectMenuOption => ({
      label: plain(label),
      value,
      ...(description !== undefined && { description: plain(description) }),
    }),
  );
  return [
    {
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.StringSelect, custom_id: id, placeholder, options }],
    },
  ];
}

/** One line without markdown: labels show it letter for letter. */
const plain = (text: string) =>
  cutText(stripInvisible(text).replaceAll(/\s+/g, ' ').trim() || '–', LIMITS.optionText);
