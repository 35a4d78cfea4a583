import { ComponentType } from 'discord.js';
import { asNumber, asRecord, asRecords, asText, type Json } from '../json.ts';
import { countCharacters } from '../limits/lengths.ts';
import type { ModalField, SeenModal } from '../world/model.ts';

export function readModal(data: Json): SeenModal {
  const components = asRecords(data.components);
  const fields = components.flatMap((component): ModalField[] => {
    if (component.type === ComponentType.Label) return [readField(asRecord(component.component), component)];
    return asRecords(component.components).map((field) => readField(field, field));
  });
  return { customId: asText(data.custom_id), title: asText(data.title), fields, components };
}

function readField(field: Json, label: Json): ModalField {
  const options = asRecords(field.options).map((option) => ({
    label: asText(option.label),
    value: asText(option.value),
  }));
  return {
    customId: asText(field.custom_id),
    label: asText(label.label),
    ...(typeof label.description === 'string' && { description: label.description }),
    type: asNumber(field.type),
    ...(typeof field.value === 'string' && { value: field.value }),
    ...(options.length > 0 && { options }),
    required: field.required !== false,
    minLength: asNumber(field.min_length),
    maxLength: typeof field.max_length === 'number' ? field.max_length : 4000,
  };
}

/**
 * The components of a submission. Values are named by custom_id or label; a field without one keeps what was filled in.
 * Throws what Discord's own form would tell the person before sending.
 */
export function fillModal(modal: SeenModal, values: Record<string, string | string[]>): Json[] {
  const unknown = Object.keys(values).filter(
    (name) => !modal.fields.some((field) => field.customId === name || field.label === name),
  );
  if (unknown.length > 0) throw new Error(`the modal "${modal.title}" has no field ${unknown.join(', ')}`);
  const filled = new Map(modal.fields.map((field) => [field.customId, fillField(field, values)]));
  return asRecords(modal.components).map((component, index) => {
    const id = index + 1;
    if (component.type === ComponentType.TextDisplay) return { type: component.type, id };
    const inner = asRecord(component.component);
    if (component.type === ComponentType.Label) {
      return { type: component.type, id, component: filled.get(asText(inner.custom_id)) };
    }
    const fields = asRecords(component.components).map((field) => filled.get(asText(field.custom_id)));
    return { type: component.type, id, components: fields };
  });
}

function fillField(field: ModalField, values: Record<string, string | string[]>): Json {
  const given = values[field.customId] ?? values[field.label] ?? field.value ?? '';
  const base = { type: field.type, id: 100, custom_id: field.customId };
  if (field.type !== ComponentType.TextInput) return { ...base, ...chooseOptions(field, given) };
  const value = String(given);
  const length = countCharacters(value);
  if (field.required && length === 0) throw new Error(`"${field.label}" must be filled in`);
  if (length > field.maxLength || (length > 0 && length < field.minLength)) {
    throw new Error(
      `"${field.label}" takes ${field.minLength} to ${field.maxLength} characters, got ${length}`,
    );
  }
  return { ...base, value };
}

/** Radio groups carry one `value`, selects and checkbox groups `values`. */
function chooseOptions(field: ModalField, given: string | string[]): Json {
  const names = (Array.isArray(given) ? given : [given]).filter((name) => name !== '');
  if (field.required && names.length === 0) throw new Error(`"${field.label}" must be chosen`);
  const values = names.map((name) => {
    const option = field.options?.find(({ value, label }) => value === name || label === name);
    if (!option) throw new Error(`"${field.label}" has no option ${name}`);
    return option.value;
  });
  return field.type === ComponentType.RadioGroup ? { value: values[0] ?? null } : { values };
}
