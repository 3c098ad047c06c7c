import { openPool } from './pool.mjs';

export default openPool;
