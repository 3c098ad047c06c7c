import { compile, type DocumentSource, type HostDocument } from './compile.ts';
import type { HostControl } from './control.ts';
import { auditHost } from './documents/audit-host.ts';
import { kernel } from './kernel/index.ts';
import { ssh } from './ssh/index.ts';

export const hostControls: readonly HostControl[] = [...ssh, ...kernel];

export const documentSources: readonly DocumentSource[] = [auditHost(hostControls)];

/** The SSM documents; throws where one is too large or has what SSM would fill in. */
export const hostDocuments = (): readonly HostDocument[] => documentSources.map(compile);
