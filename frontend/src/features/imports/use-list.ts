import { useEffect, useState } from 'react';
import { tellProblem } from '../../ui/toast.ts';
import { readList, type LinkList } from './link-list.ts';

/** The list that was chosen last, read. handed: one to begin with. */
export function useList(handed: File | undefined) {
  const [list, setList] = useState<LinkList>();
  const choose = (file: File) => void readList(file).then(setList, tellProblem);
  useEffect(() => {
    if (handed) void readList(handed).then(setList, tellProblem);
  }, [handed]);
  return { list, choose, drop: () => setList(undefined) };
}
