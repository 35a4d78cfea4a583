import { ButtonStyle, ComponentType } from 'discord.js';
import { asArray, asNumber, asRecord, asRecords, asText, isRecord, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';
import { checkLength, checkRequired, checkSize, checkUnique, type Path } from './lengths.ts';

type Placed = { component: Json; path: Path };

const SELECTS: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** All components, nested ones and accessories too, in reading order. */
export function collectComponents(components: unknown, path: Path = []): Placed[] {
  return asArray(components).flatMap((value, index) =>
    isRecord(value) ? collectFrom(value, [...path, index]) : [],
  );
}

function collectFrom(component: Json, path: Path): Placed[] {
  return [
    { component, path },
    ...collectComponents(component.components, [...path, 'components']),
    ...(isRecord(component.accessory) ? collectFrom(component.accessory, [...path, 'accessory']) : []),
    ...(isRecord(component.component) ? collectFrom(component.component, [...path, 'component']) : []),
  ];
}

export function checkMessageComponents(components: unknown, path: Path): Issue[] {
  const placed = collectComponents(components, path);
  return [...placed.flatMap(checkComponent), ...checkIdentifiers(placed)];
}

/** `custom_id` and `id` are unique in a message or modal. */
export function checkIdentifiers(placed: readonly Placed[]): Issue[] {
  const values = (key: 'custom_id' | 'id') =>
    placed.flatMap(({ component, path }) =>
      component[key] === undefined || component[key] === null
        ? []
        : [{ path: [...path, key], value: component[key] }],
    );
  return [
    ...checkUnique(
      values('custom_id'),
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    ),
    ...checkUnique(values('id'), 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated'),
  ];
}

function checkComponent({ component, path }: Placed): Issue[] {
  const type = asNumber(component.type);
  if (SELECTS.includes(type)) return checkSelect(component, path);
  switch (type) {
    case ComponentType.ActionRow:
      return checkRow(component, path);
    case ComponentType.Button:
      return checkButton(component, path);
    case ComponentType.Section:
      return checkSection(component, path);
    case ComponentType.TextDisplay:
      return checkRequired([...path, 'content'], component.content, 1, 4000);
    case ComponentType.MediaGallery:
      return checkSize([...path, 'items'], asArray(component.items), 1, 10);
    case ComponentType.Container:
      return checkContainer(component, path);
    case ComponentType.Thumbnail:
      return checkLength([...path, 'description'], component.description, 0, 1024);
    case ComponentType.File:
    case ComponentType.Separator:
      return [];
    default:
      return [
        { path: [...path, 'type'], code: 'UNION_TYPE_CHOICES', message: `Unknown component type ${type}.` },
      ];
  }
}

/** One select alone, or up to five buttons. */
function checkRow(row: Json, path: Path): Issue[] {
  const types = asRecords(row.components).map((component) => asNumber(component.type));
  const foreign = types.some((type) => type !== ComponentType.Button && !SELECTS.includes(type));
  const crowded = types.length > 1 && types.some((type) => SELECTS.includes(type));
  return [
    ...checkSize([...path, 'components'], types, 1, 5),
    ...(foreign || crowded
      ? [
          {
            path: [...path, 'components'],
            code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
            message: 'An action row holds up to five buttons, or one select and nothing else.',
          },
        ]
      : []),
  ];
}

function checkButton(button: Json, path: Path): Issue[] {
  const issues = [
    ...checkLength([...path, 'custom_id'], button.custom_id, 1, 100),
    ...checkLength([...path, 'label'], button.label, 0, 80),
    ...checkLength([...path, 'url'], button.url, 1, 512),
  ];
  if (asText(button.label) === '' && !isRecord(button.emoji) && button.style !== ButtonStyle.Premium) {
    issues.push({
      path,
      code: 'BUTTON_COMPONENT_INVALID_LABEL',
      message: 'A button needs a label or an emoji.',
    });
  }
  const needed =
    button.style === ButtonStyle.Link ? 'url' : button.style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
  for (const key of ['url', 'sku_id', 'custom_id'] as const) {
    const present = asText(button[key]) !== '';
    if (present === (key === needed)) continue;
    const message = present ? `This style of button cannot have a ${key}.` : 'This field is required';
    issues.push({
      path: [...path, key],
      code: present ? 'BUTTON_COMPONENT_EXCLUSIVE' : 'BASE_TYPE_REQUIRED',
      message,
    });
  }
  return issues;
}

export function checkSelect(select: Json, path: Path): Issue[] {
  const options = asRecords(select.options);
  const minimum = typeof select.min_values === 'number' ? select.min_values : 1;
  const maximum = typeof select.max_values === 'number' ? select.max_values : 1;
  const issues = [
    ...checkRequired([...path, 'custom_id'], select.custom_id, 1, 100),
    ...checkLength([...path, 'placeholder'], select.placeholder, 0, 150),
  ];
  if (minimum < 0 || maximum < 1 || maximum > 25 || minimum > maximum) {
    const message = `min_values ${minimum} and max_values ${maximum} do not fit each other or 0 to 25.`;
    issues.push({ path: [...path, 'min_values'], code: 'NUMBER_TYPE_MAX', message });
  }
  if (select.type !== ComponentType.StringSelect) return issues;
  if (maximum > options.length) {
    const message = `Cannot choose ${maximum} of ${options.length} options.`;
    issues.push({ path: [...path, 'max_values'], code: 'SELECT_COMPONENT_TOO_MANY_VALUES', message });
  }
  return [...issues, ...checkOptions(options, maximum, [...path, 'options'])];
}

function checkOptions(options: readonly Json[], maximum: number, path: Path): Issue[] {
  const issues = checkSize(path, options, 1, 25);
  for (const [index, option] of options.entries()) {
    issues.push(
      ...checkRequired([...path, index, 'label'], option.label, 1, 100),
      ...checkRequired([...path, index, 'value'], option.value, 1, 100),
      ...checkLength([...path, index, 'description'], option.description, 0, 100),
    );
  }
  if (options.filter((option) => option.default === true).length > maximum) {
    issues.push({
      path,
      code: 'SELECT_COMPONENT_TOO_MANY_DEFAULTS',
      message: `At most ${maximum} may be default.`,
    });
  }
  const values = options.map((option, index) => ({ path: [...path, index, 'value'], value: option.value }));
  return [
    ...issues,
    ...checkUnique(
      values,
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used',
    ),
  ];
}

function checkSection(section: Json, path: Path): Issue[] {
  const issues = checkSize([...path, 'components'], asArray(section.components), 1, 3);
  const accessory = asNumber(asRecord(section.accessory).type);
  if (accessory !== ComponentType.Button && accessory !== ComponentType.Thumbnail) {
    const message = 'A section needs a button or a thumbnail.';
    issues.push({ path: [...path, 'accessory'], code: 'BASE_TYPE_REQUIRED', message });
  }
  return issues;
}

function checkContainer(container: Json, path: Path): Issue[] {
  const issues = checkSize([...path, 'components'], asArray(container.components), 1, 40);
  if (asRecords(container.components).some((component) => component.type === ComponentType.Container)) {
    issues.push({
      path: [...path, 'components'],
      code: 'UNION_TYPE_CHOICES',
      message: 'A container holds no container.',
    });
  }
  return issues;
}
