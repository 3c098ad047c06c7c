/** Whether something in a text stands for a value that is put in later: by a shell, by compose, by Helm, by envsubst. */
export const isOpen = (text: string): boolean => /\$\{|\$\(|\{\{|\$[A-Za-z_]/.test(text);
