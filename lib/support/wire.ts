/** Messages between our own functions: JSON, in which a date stays a date. */
const dateKey = '$date';

export const encode = (message: unknown): string =>
  JSON.stringify(message, function (this: unknown, key, value: unknown) {
    // `value` is already the text that Date.toJSON made; the holder still has the date.
    const held: unknown = Reflect.get(Object(this), key);
    return held instanceof Date ? { [dateKey]: held.toISOString() } : value;
  });

/** `undefined` for what is no JSON. */
export const decode = (body: string): unknown => {
  try {
    return JSON.parse(body, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      const date: unknown = Reflect.get(value, dateKey);
      return typeof date === 'string' && Object.keys(value).length === 1 ? new Date(date) : value;
    });
  } catch {
    return undefined;
  }
};
