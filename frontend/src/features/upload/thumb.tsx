import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { drawSmall } from './draw-small.ts';
import classes from './upload.module.css';

/** A small picture of a file of this machine, drawn only while its row is there. */
export function Thumb({ file }: { file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    void drawSmall(file, canvas.current, gone.signal).then((done) => {
      if (done && !gone.signal.aborted) setDrawn(true);
    });
    return () => gone.abort();
  }, [file]);
  return (
    <span className={classes.thumb} aria-hidden>
      <canvas ref={canvas} hidden={!drawn} className="checkered" />
      {!drawn && <IconPhoto size={20} stroke={1.4} />}
    </span>
  );
}
