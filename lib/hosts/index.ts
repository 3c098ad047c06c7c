import { audit } from './audit/index.ts';
import { compile, type DocumentSource, type HostDocument } from './compile.ts';
import type { HostControl } from './control.ts';
import { docker } from './docker/index.ts';
import { auditHosts } from './documents/audit-host.ts';
import { confirmHost } from './documents/confirm-host.ts';
import { hardenHosts } from './documents/harden-host.ts';
import { rollbackHost } from './documents/rollback-host.ts';
import { filesAndAccounts } from './files/index.ts';
import { firewall } from './firewall/index.ts';
import { kernel } from './kernel/index.ts';
import { postgres } from './postgres/index.ts';
import { ssh } from './ssh/index.ts';

export const hostControls: readonly HostControl[] = [
  ...ssh,
  ...kernel,
  ...filesAndAccounts,
  ...firewall,
  ...audit,
  ...docker,
  ...postgres,
];

export const documentSources = (): readonly DocumentSource[] => [
  ...auditHosts(hostControls),
  ...hardenHosts(hostControls),
  confirmHost,
  rollbackHost,
];

/** The SSM documents; throws where one is too large or has what SSM would fill in. */
export const hostDocuments = (): readonly HostDocument[] => documentSources().map(compile);
