/** Stands for a value that stays encrypted where a stack's file is read without the key to it: offline. */
export const SEALED = '<secret>';
