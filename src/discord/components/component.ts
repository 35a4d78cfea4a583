import type { ButtonInteraction, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js';
import type { ComponentKind } from '../custom-id.ts';
import type { Locale } from '../messages/index.ts';
import type { Services } from '../services.ts';

type Handle<Interaction> = (
  interaction: Interaction,
  /** What the custom id says behind its kind. */
  parts: readonly string[],
  services: Services,
  locale: Locale,
) => Promise<void>;

/** What happens when somebody uses a control of one kind, today or on an answer of last month. */
export interface ComponentHandler {
  readonly kind: ComponentKind;
  readonly click?: Handle<ButtonInteraction>;
  readonly choose?: Handle<StringSelectMenuInteraction>;
  readonly submit?: Handle<ModalSubmitInteraction>;
}
