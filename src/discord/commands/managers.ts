import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { line } from '../compose.ts';
import { type Locale, messages } from '../messages/index.ts';
import { sayPrivately } from '../respond.ts';

/** What a command declares that only members with Manage Server shall see. */
export const MANAGERS = { default_member_permissions: String(PermissionFlagsBits.ManageGuild) };

/** Checked again when the command runs: a server can show its commands to others. */
export async function refuseOthers(
  interaction: ChatInputCommandInteraction,
  locale: Locale,
): Promise<boolean> {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return false;
  await sayPrivately(interaction, line(messages[locale].manners.managersOnly));
  return true;
}
