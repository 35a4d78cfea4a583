import { ComponentType } from 'discord.js';
import { asArray, asNumber, asRecord, asRecords, asText, isRecord, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';
import { checkIdentifiers, checkSelect, collectComponents } from './components.ts';
import { checkLength, checkRequired, checkSize, countCharacters, type Path } from './lengths.ts';

const MODAL: Path = ['data'];

export function checkModal(data: Json): Issue[] {
  const issues = [
    ...checkRequired([...MODAL, 'custom_id'], data.custom_id, 1, 100),
    ...checkRequired([...MODAL, 'title'], data.title, 1, 45),
    ...checkSize([...MODAL, 'components'], asArray(data.components), 1, 5),
  ];
  for (const [index, component] of asRecords(data.components).entries()) {
    issues.push(...checkModalRow(component, [...MODAL, 'components', index]));
  }
  return [...issues, ...checkIdentifiers(collectComponents(data.components, [...MODAL, 'components']))];
}

function checkModalRow(component: Json, path: Path): Issue[] {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return checkRequired([...path, 'content'], component.content, 1, 4000);
    case ComponentType.Label:
      return [
        ...checkRequired([...path, 'label'], component.label, 1, 45),
        ...checkLength([...path, 'description'], component.description, 1, 100),
        ...checkField(asRecord(component.component), [...path, 'component'], true),
      ];
    case ComponentType.ActionRow:
      return [
        ...checkSize([...path, 'components'], asArray(component.components), 1, 1),
        ...asRecords(component.components).flatMap((field, index) =>
          checkField(field, [...path, 'components', index], false),
        ),
      ];
    default:
      return [
        {
          path: [...path, 'type'],
          code: 'UNION_TYPE_CHOICES',
          message: 'A modal holds labels, rows and texts.',
        },
      ];
  }
}

function checkField(field: Json, path: Path, labelled: boolean): Issue[] {
  const type = asNumber(field.type);
  if (type === ComponentType.TextInput) return checkTextInput(field, path, labelled);
  if (labelled && type === ComponentType.StringSelect) return checkSelect(field, path);
  if (labelled && isRecord(field)) return checkRequired([...path, 'custom_id'], field.custom_id, 1, 100);
  return [
    {
      path: [...path, 'type'],
      code: 'UNION_TYPE_CHOICES',
      message: 'A row in a modal holds one text input.',
    },
  ];
}

function checkTextInput(input: Json, path: Path, labelled: boolean): Issue[] {
  const minimum = asNumber(input.min_length);
  const maximum = typeof input.max_length === 'number' ? input.max_length : 4000;
  const issues = [
    ...checkRequired([...path, 'custom_id'], input.custom_id, 1, 100),
    ...checkLength([...path, 'placeholder'], input.placeholder, 0, 100),
    ...checkLength([...path, 'value'], input.value, 0, maximum),
    ...(labelled ? [] : checkRequired([...path, 'label'], input.label, 1, 45)),
  ];
  if (labelled && asText(input.label) !== '') {
    issues.push({
      path: [...path, 'label'],
      code: 'COMPONENT_LABEL_DUPLICATED',
      message: 'The label is outside.',
    });
  }
  if (minimum < 0 || maximum < 1 || maximum > 4000 || minimum > maximum) {
    const message = `min_length ${minimum} and max_length ${maximum} do not fit each other or 0 to 4000.`;
    issues.push({ path: [...path, 'min_length'], code: 'NUMBER_TYPE_MAX', message });
  }
  const value = asText(input.value);
  if (value !== '' && countCharacters(value) < minimum) {
    issues.push({
      path: [...path, 'value'],
      code: 'BASE_TYPE_MIN_LENGTH',
      message: `Must be ${minimum} or more in length.`,
    });
  }
  return issues;
}
