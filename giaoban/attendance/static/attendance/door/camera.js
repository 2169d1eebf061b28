// Looks for QR codes before the camera: the browser's own reader where there is one, else the decoder we bring.
const PAUSE = 200;

/** Opens the camera in `video` and calls `found(text)` for each code seen; resolves to a function that ends it. */
export async function watch(video, decoder, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const look = await reader(decoder);
  let on = true;
  (async function () {
    while (on) {
      try {
        for (const text of await look(video)) if (on) found(text);
      } catch (error) {
        // a frame that cannot be read; the next one follows
      }
      await new Promise((resume) => setTimeout(resume, PAUSE));
    }
  })();
  return function () {
    on = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}

async function reader(decoder) {
  if (await native()) {
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await own.detect(video)).map((code) => code.rawValue);
  }
  const { decodeQR } = await import(decoder);
  const canvas = document.createElement("canvas");
  return async function (video) {
    const shrink = Math.min(1, 800 / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * shrink);
    canvas.height = Math.round(video.videoHeight * shrink);
    if (!canvas.width) return [];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return [decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))];
    } catch (error) {
      return [];
    }
  };
}

async function native() {
  if (!("BarcodeDetector" in window)) return false;
  try {
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch (error) {
    return false;
  }
}
