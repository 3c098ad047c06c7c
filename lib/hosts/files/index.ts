import { accounts } from './accounts.ts';
import { files } from './files.ts';
import { mounts } from './mounts.ts';
import { passwords } from './passwords.ts';
import { services } from './services.ts';

export const filesAndAccounts = [...files, ...mounts, ...accounts, ...passwords, ...services];
