// Jest makes all its matchers, of each four more for promises, and the stack of an error, each time that a test expects something.
// Here what surely holds is counted and no more; Jest makes the matcher of all else, and says what does not hold.

const isObject = (value) => typeof value === 'object' && value !== null;

/** Whether Jest's `toEqual` surely holds: of values, lists and plain objects with the same keys. Of all else, it is not known. */
const areSurelyEqual = (one, other, depth = 0) => {
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  if (depth > 50) return false;
  const kind = Object.getPrototypeOf(one);
  if (kind !== Object.getPrototypeOf(other)) return false;
  if (kind !== Object.prototype && kind !== Array.prototype) return false;
  if (Array.isArray(one) !== Array.isArray(other) || one.length !== other.length) return false;
  if (Object.getOwnPropertySymbols(one).length + Object.getOwnPropertySymbols(other).length > 0)
    return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && areSurelyEqual(one[key], other[key], depth + 1),
    )
  );
};

/** Whether Jest's `toMatchObject` surely holds: of the same, but that an object may have more keys than the other. */
const isSurelyPart = (one, other, depth = 0) => {
  if (!isObject(one) || !isObject(other)) return depth > 0 && Object.is(one, other);
  if (Array.isArray(one) || Array.isArray(other))
    return (
      areBothPlain(one, other, Array.prototype, depth) &&
      one.length === other.length &&
      [one, other].every((list) => Object.keys(list).length === list.length) &&
      one.every((each, index) => isSurelyPart(each, other[index], depth + 1))
    );
  const keys = Object.keys(other);
  return (
    areBothPlain(one, other, Object.prototype, depth) &&
    keys.every((key) => Object.hasOwn(one, key) && isSurelyPart(one[key], other[key], depth + 1))
  );
};
const areBothPlain = (one, other, kind, depth) =>
  depth <= 50 &&
  [one, other].every(
    (each) =>
      Object.getPrototypeOf(each) === kind && Object.getOwnPropertySymbols(each).length === 0,
  );

const surely = {
  toBe: Object.is,
  toEqual: areSurelyEqual,
  toMatchObject: isSurelyPart,
  toHaveLength: (actual, length) =>
    (typeof actual === 'string' || Array.isArray(actual)) && actual.length === length,
  toContain: (actual, part) =>
    typeof actual === 'string'
      ? typeof part === 'string' && actual.includes(part)
      : Array.isArray(actual) && actual.indexOf(part) >= 0,
};

/** Jest's `expect`, which makes no matcher of what surely holds. */
export const expecting = (jestOf, standIn) => {
  class Expectation {
    constructor(actual) {
      this.actual = actual;
    }
  }
  const define = (name, descriptor) =>
    Object.defineProperty(Expectation.prototype, name, { ...descriptor, configurable: true });

  const defineAll = () => {
    for (const name of Object.keys(jestOf()(undefined)))
      define(name, {
        get() {
          const { stackTraceLimit } = Error;
          // Only what waits for a promise shows where it began.
          if (name !== 'resolves' && name !== 'rejects') Error.stackTraceLimit = 0;
          try {
            return jestOf()(this.actual)[name];
          } finally {
            Error.stackTraceLimit = stackTraceLimit;
          }
        },
      });
    for (const [name, holds] of Object.entries(surely)) {
      const ofJest = Object.getOwnPropertyDescriptor(Expectation.prototype, name).get;
      const matcher = function (...expected) {
        if (expected.length === 1 && holds(this.actual, expected[0])) {
          jestOf().getState().assertionCalls += 1;
          return undefined;
        }
        try {
          return ofJest.call(this)(...expected);
        } catch (error) {
          // As if the test had called Jest: its line is the first.
          Error.captureStackTrace(error, matcher);
          throw error;
        }
      };
      define(name, { value: matcher });
    }
  };

  return new Proxy(standIn, {
    apply: (_, __, given) => {
      if (given.length !== 1) return jestOf()(...given);
      if (!('toBe' in Expectation.prototype)) defineAll();
      return new Expectation(given[0]);
    },
  });
};
