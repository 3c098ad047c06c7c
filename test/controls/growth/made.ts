export type Facets = Readonly<Record<string, unknown>>;
/**
 * Facets of a resource that has `size` of something: rules, statements, principals.
 * @param salt a number that no other round has: what differs by it is not remembered from the round before
 */
export type Make = (size: number, salt: number) => Facets;

/** The same, made once for the controls that are asked about it one after the other. */
export const kept = (make: Make): Make => {
  const known = new Map<string, Facets>();
  return (size, salt) => {
    const key = `${size} ${salt}`;
    const made = known.get(key) ?? make(size, salt);
    // Those of one round, and of the next: more would only fill the memory.
    if (known.size >= 20) known.clear();
    known.set(key, made);
    return made;
  };
};
