import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { describeError, GONE, isApiError } from './api-errors.ts';
import { forget } from './commands/forget.ts';
import { messageCommands, slashCommands } from './commands/index.ts';
import { componentHandlers } from './components/index.ts';
import { line } from './compose.ts';
import { parseCustomId } from './custom-id.ts';
import { type Locale, messages, resolveLocale } from './messages/index.ts';
import { createReference } from './reference.ts';
import { sayPrivately, suggest } from './respond.ts';
import type { Services } from './services.ts';
import { visitorOf } from './visitor.ts';

type Handled =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** Finds what an interaction is for and does it. Never rejects: people see one line, the log has the rest. */
export async function dispatch(interaction: Interaction, services: Services): Promise<void> {
  const locale = resolveLocale(interaction.locale);
  if (interaction.isAutocomplete()) return complete(interaction, services, locale);
  if (!isHandled(interaction)) return;
  try {
    const refusal = isAlwaysAllowed(interaction)
      ? undefined
      : services.admission.refusePlace(visitorOf(interaction));
    if (refusal !== undefined) await sayPrivately(interaction, line(refusal(messages[locale])));
    else await execute(interaction, services, locale);
  } catch (error) {
    await reportFailure(interaction, error, services, locale);
  }
}

const isHandled = (interaction: Interaction): interaction is Handled =>
  interaction.isChatInputCommand() ||
  interaction.isMessageContextMenuCommand() ||
  interaction.isButton() ||
  interaction.isStringSelectMenu() ||
  interaction.isModalSubmit();

/** Whoever left something can delete it, wherever they are. */
const isAlwaysAllowed = (interaction: Handled) =>
  interaction.isChatInputCommand() && interaction.commandName === forget.data.name;

async function execute(interaction: Handled, services: Services, locale: Locale): Promise<void> {
  if (interaction.isChatInputCommand()) {
    const command = slashCommands.find(({ data }) => data.name === interaction.commandName);
    return (command?.execute ?? refuseOutdated)(interaction, services, locale);
  }
  if (interaction.isMessageContextMenuCommand()) {
    const command = messageCommands.find(({ data }) => data.name === interaction.commandName);
    return (command?.execute ?? refuseOutdated)(interaction, services, locale);
  }
  const { kind, parts } = parseCustomId(interaction.customId);
  const handler = componentHandlers.find((candidate) => candidate.kind === kind);
  if (interaction.isButton() && handler?.click) return handler.click(interaction, parts, services, locale);
  if (interaction.isStringSelectMenu() && handler?.choose)
    return handler.choose(interaction, parts, services, locale);
  if (interaction.isModalSubmit() && handler?.submit)
    return handler.submit(interaction, parts, services, locale);
  return refuseOutdated(interaction, services, locale);
}

const refuseOutdated = (interaction: Handled, _services: Services, locale: Locale): Promise<void> =>
  sayPrivately(interaction, line(messages[locale].manners.outdatedControl));

async function complete(
  interaction: AutocompleteInteraction,
  services: Services,
  locale: Locale,
): Promise<void> {
  try {
    const command = slashCommands.find(({ data }) => data.name === interaction.commandName);
    const refused = services.admission.refusePlace(visitorOf(interaction)) !== undefined;
    if (command?.complete === undefined || refused) await suggest(interaction, []);
    else await command.complete(interaction, services, locale);
  } catch (error) {
    // People see an empty list; there is nowhere to say more.
    services.log.warn({ error: describeError(error) }, 'no suggestions');
  }
}

async function reportFailure(
  interaction: Handled,
  error: unknown,
  { log }: Services,
  locale: Locale,
): Promise<void> {
  if (isApiError(error, GONE)) {
    log.warn({ error: describeError(error) }, 'the interaction is gone');
    return;
  }
  const reference = createReference();
  const name = 'commandName' in interaction ? interaction.commandName : interaction.customId;
  log.error({ reference, name, error: describeError(error) }, 'interaction failed');
  try {
    await sayPrivately(interaction, line(messages[locale].manners.failed(reference), 'trouble'));
  } catch (second) {
    log.warn({ reference, error: describeError(second) }, 'the failure could not be reported');
  }
}
