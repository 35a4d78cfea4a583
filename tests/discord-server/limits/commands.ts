import {
  ApplicationCommandType as CommandType,
  Locale,
  ApplicationCommandOptionType as OptionType,
} from 'discord.js';
import { asArray, asNumber, asRecord, asRecords, asText, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';
import { checkRequired, checkSize, checkUnique, countCharacters, type Path } from './lengths.ts';

const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));
/** Lower case, letters and digits of any script. */
const CHAT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const COMMAND_TOTAL = 8000;
const MOST_COMMANDS: Record<number, number> = {
  [CommandType.ChatInput]: 100,
  [CommandType.User]: 15,
  [CommandType.Message]: 15,
  [CommandType.PrimaryEntryPoint]: 1,
};

/** A whole set, as PUT replaces it. */
export function checkCommands(commands: readonly Json[]): Issue[] {
  const names = commands.map((command, index) => ({
    path: [index, 'name'],
    value: `${typeOf(command)} ${asText(command.name)}`,
  }));
  const crowded = Object.entries(MOST_COMMANDS).flatMap(([type, most]): Issue[] => {
    const count = commands.filter((command) => typeOf(command) === Number(type)).length;
    const message = `At most ${most} commands of type ${type}, got ${count}.`;
    return count > most ? [{ path: [], code: 'APPLICATION_COMMANDS_TOO_MANY', message }] : [];
  });
  return [
    ...commands.flatMap((command, index) => checkCommand(command, [index])),
    ...checkUnique(names, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique'),
    ...crowded,
  ];
}

export function checkCommand(command: Json, path: Path = []): Issue[] {
  const chat = typeOf(command) === CommandType.ChatInput;
  const issues = [
    ...checkName(command, path, chat),
    ...(chat ? checkDescription(command, path) : checkEmpty(command, path)),
    ...checkOptions(command.options, path),
    ...checkNumbers(command.contexts, [...path, 'contexts'], 2),
    ...checkNumbers(command.integration_types, [...path, 'integration_types'], 1),
    ...checkPermissions(command.default_member_permissions, [...path, 'default_member_permissions']),
  ];
  const total = measureCommand(command);
  if (total > COMMAND_TOTAL) {
    const message = `Command exceeds maximum size of ${COMMAND_TOTAL} (got ${total}).`;
    issues.push({ path, code: 'APPLICATION_COMMAND_TOO_LARGE', message });
  }
  return issues;
}

function typeOf(command: Json): number {
  return typeof command.type === 'number' ? command.type : CommandType.ChatInput;
}

function checkName(named: Json, path: Path, chat: boolean): Issue[] {
  const check = (value: unknown, at: Path): Issue[] => {
    const issues = checkRequired(at, value, 1, 32);
    const name = asText(value);
    if (issues.length > 0 || !chat || (CHAT_NAME.test(name) && name === name.toLowerCase())) return issues;
    const message = `Command name is invalid: ${JSON.stringify(name)}`;
    return [{ path: at, code: 'APPLICATION_COMMAND_INVALID_NAME', message }];
  };
  return [
    ...check(named.name, [...path, 'name']),
    ...checkLocalizations(named.name_localizations, [...path, 'name_localizations'], check),
  ];
}

function checkDescription(described: Json, path: Path): Issue[] {
  const check = (value: unknown, at: Path) => checkRequired(at, value, 1, 100);
  return [
    ...check(described.description, [...path, 'description']),
    ...checkLocalizations(described.description_localizations, [...path, 'description_localizations'], check),
  ];
}

function checkLocalizations(
  value: unknown,
  path: Path,
  check: (text: unknown, at: Path) => Issue[],
): Issue[] {
  return Object.entries(asRecord(value)).flatMap(([locale, text]) => {
    const at = [...path, locale];
    const known: Issue[] = LOCALES.has(locale)
      ? []
      : [{ path: at, code: 'DICT_INVALID_KEY', message: `Unknown locale ${locale}.` }];
    return [...known, ...check(text, at)];
  });
}

/** User and message commands have a name and nothing else to read. */
function checkEmpty(command: Json, path: Path): Issue[] {
  const code = 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION';
  return [
    ...(asText(command.description) === ''
      ? []
      : [{ path: [...path, 'description'], code, message: 'A context menu command has no description.' }]),
    ...(asArray(command.options).length === 0
      ? []
      : [{ path: [...path, 'options'], code, message: 'A context menu command has no options.' }]),
  ];
}

function checkOptions(value: unknown, path: Path): Issue[] {
  const options = asRecords(value);
  const at: Path = [...path, 'options'];
  const names = options.map((option, index) => ({ path: [...at, index, 'name'], value: option.name }));
  const late = options.findIndex(
    (option, index) => option.required === true && index > 0 && !options[index - 1]?.required,
  );
  return [
    ...checkSize(at, options, 0, 25),
    ...options.flatMap((option, index) => checkOption(option, [...at, index])),
    ...checkUnique(names, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique'),
    ...(late === -1
      ? []
      : [
          {
            path: [...at, late],
            code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            message: 'Required options must be placed before non-required options',
          },
        ]),
  ];
}

function checkOption(option: Json, path: Path): Issue[] {
  const choices = asRecords(option.choices);
  const text = option.type === OptionType.String;
  const issues = [
    ...checkName(option, path, true),
    ...checkDescription(option, path),
    ...checkSize([...path, 'choices'], choices, 0, 25),
    ...checkOptions(option.options, path),
    ...choices.flatMap((choice, index) => checkChoice(choice, [...path, 'choices', index], text)),
  ];
  if (option.autocomplete === true && choices.length > 0) {
    const message = 'Autocomplete and choices exclude each other.';
    issues.push({
      path: [...path, 'autocomplete'],
      code: 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
      message,
    });
  }
  const minimum = asNumber(option.min_length);
  const maximum = typeof option.max_length === 'number' ? option.max_length : 6000;
  if (minimum < 0 || maximum < 1 || maximum > 6000 || minimum > maximum) {
    const message = `min_length ${minimum} and max_length ${maximum} do not fit each other or 0 to 6000.`;
    issues.push({ path: [...path, 'min_length'], code: 'NUMBER_TYPE_MAX', message });
  }
  return issues;
}

function checkChoice(choice: Json, path: Path, text: boolean): Issue[] {
  const value: Path = [...path, 'value'];
  return [
    ...checkRequired([...path, 'name'], choice.name, 1, 100),
    ...checkLocalizations(choice.name_localizations, [...path, 'name_localizations'], (name, at) =>
      checkRequired(at, name, 1, 100),
    ),
    ...(text ? checkRequired(value, choice.value, 1, 100) : []),
    ...(!text && typeof choice.value !== 'number'
      ? [{ path: value, code: 'NUMBER_TYPE_COERCE', message: 'Must be a number.' }]
      : []),
  ];
}

/** The answer to an autocomplete interaction. */
export function checkChoices(data: Json): Issue[] {
  const choices = asRecords(data.choices);
  const path: Path = ['data', 'choices'];
  return [
    ...checkSize(path, choices, 0, 25),
    ...choices.flatMap((choice, index) => [
      ...checkRequired([...path, index, 'name'], choice.name, 1, 100),
      ...(typeof choice.value === 'number'
        ? []
        : checkRequired([...path, index, 'value'], choice.value, 1, 100)),
    ]),
  ];
}

function checkNumbers(value: unknown, path: Path, highest: number): Issue[] {
  if (value === undefined || value === null) return [];
  const numbers = asArray(value);
  const wrong = numbers.some(
    (entry) => !Number.isInteger(entry) || Number(entry) < 0 || Number(entry) > highest,
  );
  const message = `Must be one or more different numbers from 0 to ${highest}.`;
  const repeated = new Set(numbers).size < numbers.length;
  return wrong || repeated || numbers.length === 0 ? [{ path, code: 'BASE_TYPE_CHOICES', message }] : [];
}

function checkPermissions(value: unknown, path: Path): Issue[] {
  if (value === undefined || value === null || /^\d+$/.test(String(value))) return [];
  return [{ path, code: 'PERMISSIONS_INVALID', message: 'Must be a permission number, as a string.' }];
}

/** Names, descriptions and choice values, each by its longest translation. */
function measureCommand(part: Json): number {
  const longest = (text: unknown, localizations: unknown) =>
    Math.max(
      ...[text, ...Object.values(asRecord(localizations))].map((value) => countCharacters(asText(value))),
    );
  const inside = [...asRecords(part.options), ...asRecords(part.choices)].map(measureCommand);
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    countCharacters(asText(part.value)) +
    inside.reduce((sum, length) => sum + length, 0)
  );
}
