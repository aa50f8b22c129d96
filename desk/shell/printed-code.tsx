import styles from './printed-code.module.css'

/** A code as it goes to paper, its lines numbered as refusals name them: nothing else of the page is printed with it. */
export function PrintedCode({ title, code, note }: { title: string; code: string; note: string }) {
  return (
    <figure className={`card ${styles.paper}`} data-printed-code>
      <figcaption className={styles.title}>{title}</figcaption>
      <ol className={styles.code}>
        {code.split('\n').map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <p className="small">{note}</p>
    </figure>
  )
}
