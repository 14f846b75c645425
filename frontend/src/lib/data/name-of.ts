/** What a picture is called: by whoever has it, or by its file. */
export const nameOf = ({ title, name }: { readonly title: string; readonly name: string }): string => title || name;
