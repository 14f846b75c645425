const THIS_COMPUTER = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** A host name, as the address of the page has it, that means the computer itself to every computer. */
export const isOnlyHere = (hostname: string): boolean => THIS_COMPUTER.test(hostname);
