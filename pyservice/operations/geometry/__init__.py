"""What the picture shows and how large: cropping, resizing, framing."""
