// The card of a taste as a PNG: drawn here, so no server sees it.
(() => {
  function save(blob) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "taste.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function toPng(image) {
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  addEventListener("click", async ({ target }) => {
    if (target.id !== "share-png") return;
    const said = document.getElementById("share-said");
    const blob = await toPng(document.getElementById("share-card")).catch(() => null);
    if (blob) save(blob);
    said.textContent = blob ? "Saved as taste.png." : "This browser can’t make the PNG; the SVG can be saved.";
  });
})();
