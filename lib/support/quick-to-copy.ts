const lookUp = (heir: Readonly<Record<string, unknown>>): unknown => heir['notThere'];

/** After how many lookups V8 has noted what is looked up, with room. */
const lookups = 20;

/**
 * The same object, which V8 keeps in another way. What is given its members by and by V8 keeps as a table, which takes ten
 * times as long to copy as what has its members in fixed places. It moves them there once the object is looked through as
 * the prototype of another. Nothing that can be seen of the object changes, and where V8 does otherwise nothing is won.
 */
export const quickToCopy = <T extends object>(object: T): T => {
  const heir: Readonly<Record<string, unknown>> = Object.create(object);
  for (let n = 0; n < lookups; n += 1) lookUp(heir);
  return object;
};
