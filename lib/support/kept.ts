/** What is worked out when it is first asked for, and once; also what is thrown then. */
export const kept = <T>(make: () => T): (() => T) => {
  let found: (() => T) | undefined;
  return () => {
    if (!found)
      try {
        const made = make();
        found = () => made;
      } catch (error) {
        found = () => {
          throw error;
        };
      }
    return found();
  };
};
