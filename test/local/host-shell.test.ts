import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { complaints } from '../hosts/shellcheck.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../lib/local/hosts/${name}`, import.meta.url), 'utf8');

it('the shell of disposable hosts gives shellcheck nothing to complain of', () => {
  expect(complaints(`#!/bin/bash\n${read('stand-ins.sh')}\n${read('confine.sh')}`)).toBe('');
});
