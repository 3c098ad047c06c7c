/** A JSON object; anything else is an empty one. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  isRecord(value) ? value : {};
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** A text that is not empty. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
/** A list; anything else is an empty one. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A value as a text, also of an object: what somebody wrote under its `toString` may be nothing that can be called. */
export const said = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(said).join(',');
  return typeof value === 'object' && value !== null ? '[object]' : String(value);
};
