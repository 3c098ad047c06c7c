export default () => globalThis.endPool?.();
