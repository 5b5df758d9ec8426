/** What stands in a message for a value, or a name, that must not be read there. */
export const HIDDEN = '[secret]';
