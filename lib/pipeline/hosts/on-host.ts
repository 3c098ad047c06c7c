/** The name of the type of hosts: whoever asks whether something is one loads nothing of it. */
export const hostType = 'Host::EC2::Instance';

/** Whether something is on a host, and so changed and evaluated by commands that answer later. */
export const isOnHost = ({ type }: { readonly type: string }): boolean => type === hostType;
