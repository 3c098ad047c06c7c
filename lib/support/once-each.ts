/** Answers once for each object, however many share it, and forgets the answer with it. */
export const onceEach = <T extends object, V>(answer: (one: T) => V): ((one: T) => V) => {
  const known = new WeakMap<T, { readonly answer: V }>();
  return (one) => {
    const before = known.get(one) ?? { answer: answer(one) };
    known.set(one, before);
    return before.answer;
  };
};
