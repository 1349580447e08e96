"""Pages. Each view fetches through request.viewer; what he may not see is a 404."""
