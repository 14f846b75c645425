/** Places in the frame that a page may fill: the top line becomes the page's own while it does. */
import { createContext, useContext, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface Slot {
  readonly place: HTMLElement | null;
  readonly hold: (place: HTMLElement | null) => void;
}

const TopLine = createContext<Slot>({ place: null, hold: () => undefined });

export function Slots({ children }: { children: ReactNode }) {
  const [place, hold] = useState<HTMLElement | null>(null);
  return <TopLine value={{ place, hold }}>{children}</TopLine>;
}

/** Where it appears. Once. */
export function TopLineSlot({ className }: { className?: string }) {
  const { hold } = useContext(TopLine);
  return <div ref={hold} className={className} />;
}

/** Fills the top line while it is shown. */
export function InTopLine({ children }: { children: ReactNode }) {
  const { place } = useContext(TopLine);
  return place ? createPortal(children, place) : null;
}
