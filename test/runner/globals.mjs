// What tests call: always of the file that is running, also where a module keeps it (`const longTest = it`).
const current = Symbol.for('plumbline.current');
const found = (names) => names.reduce((all, name) => all[name], globalThis[current]);
const standIn = (...names) =>
  new Proxy(() => {}, {
    apply: (_, __, given) => found(names.slice(0, -1))[names.at(-1)](...given),
    get: (_, property) => {
      const value = found(names)[property];
      return typeof value === 'function' ? standIn(...names, property) : value;
    },
  });

export const afterAll = standIn('afterAll');
export const afterEach = standIn('afterEach');
export const beforeAll = standIn('beforeAll');
export const beforeEach = standIn('beforeEach');
export const describe = standIn('describe');
export const expect = standIn('expect');
export const it = standIn('it');
export const jest = standIn('jest');
export const test = standIn('test');
Object.assign(globalThis, {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  test,
});
