"""What is measured beside the live engine. Each server does nothing but pass on."""
