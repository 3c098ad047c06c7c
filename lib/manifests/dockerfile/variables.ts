import type { Expanded } from '../model/dockerfile.ts';

/** Variables with their values; `undefined` for one that only a build gives a value. */
export type Values = ReadonlyMap<string, string | undefined>;

/** `$NAME`, `${NAME}`, `${NAME:-default}`. https://docs.docker.com/reference/dockerfile/#environment-replacement */
const variable = /\\(\$)|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:[-+])([^{}]*))?\})/g;

/** A word, or what is quoted in one, or a character that is escaped. */
const quoted = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g;
const unescaped = (text: string): string => text.replace(/\\([^$])/g, '$1');
/** A word without its quotes, as a shell reads it; a dollar that means itself stays escaped. */
export const unquoted = (text: string): string =>
  text.replace(quoted, (_, single?: string, double?: string, one?: string) => {
    if (single !== undefined) return single.replaceAll('$', '\\$');
    if (double !== undefined) return unescaped(double);
    return one === '$' ? '\\$' : (one ?? '');
  });

/** A text with its variables put in, and without its quotes. */
export const expand = (text: string, values: Values): Expanded => {
  const missing: string[] = [];
  const made = unquoted(text).replace(
    variable,
    (whole, escaped: string | undefined, plain, braced, form, rest = '') => {
      if (escaped !== undefined) return escaped;
      const name = String(plain ?? braced);
      const value = values.get(name);
      if (form === ':-') return value || rest;
      if (form === ':+') return value ? rest : '';
      if (value === undefined) {
        missing.push(name);
        return whole;
      }
      return value;
    },
  );
  // What cuts a value, such as ${NAME#v}, is not worked out.
  const [, left] = /\$\{([A-Za-z_]\w*)/.exec(missing.length === 0 ? made : '') ?? [];
  return { text: made, missing: left === undefined ? missing : [left] };
};
