import { extent } from '../extent.ts';

/** What a program of a test is started with, `--import` before it: as tests load modules, in half of the time of tsx. */
export const ours = new URL('./register.mjs', import.meta.url).href;

/** As `npm start` loads a program, every night; with each change gone.test.ts starts one so. */
export const asPeopleOrOurs = extent === 'exhaustive' ? 'tsx' : ours;
