export default () => globalThis.endLocalAws?.();
