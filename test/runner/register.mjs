// For programs that tests start: Node loads our TypeScript as it does for tests, from what was kept of it, in half of the
// processor's time that tsx takes. What is tried as people start it has tsx, as they have.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
