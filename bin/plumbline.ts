#!/usr/bin/env tsx
import '../lib/support/check-node.ts';

import { main } from '../lib/cli/main.ts';
import { start } from '../lib/cli/start.ts';

await start(main);
